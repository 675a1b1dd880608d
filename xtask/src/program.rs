//! The programs of `saha-tests`: what they say on the way is for people, and their last line is their tally, as JSON.

use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;

use crate::build;
use crate::context::Context;

/// Runs `program` with those options; its tally, and whether it ended well.
pub(crate) fn run<T: DeserializeOwned>(context: &Context, program: &str, options: &[String]) -> Result<(T, bool)> {
    let mut command = context.command(build::program(context, program)?);
    command.args(options);
    let mut last: Option<String> = None;
    let success = Context::lines(&mut command, |line| {
        if let Some(before) = last.replace(line.to_owned()) {
            context.say(&before);
        }
        Ok(())
    })?;
    Ok((tally(program, last.as_deref().unwrap_or_default())?, success))
}

/// The tally that a program closed with.
pub(crate) fn tally<T: DeserializeOwned>(program: &str, last: &str) -> Result<T> {
    serde_json::from_str(last).with_context(|| format!("{program} closed without its tally: {last}"))
}
