//! Where a scenario is played: its phones, its company, and the time.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, FixedOffset};
use saha_domain::catalog::Lang;
use serde_json::Value;

use crate::{
    company::Company,
    device::Device,
    operations::{self, Arguments, Outcome, outcome},
    scenario::Step,
};

/// So much time goes by before each step, milliseconds.
pub(crate) const STEP_MS: i64 = 1_000;

/// Everything that a scenario has to do with.
pub(crate) struct Stage {
    files: PathBuf,
    folder: PathBuf,
    now_ms: i64,
    pub(crate) company: Company,
    devices: BTreeMap<String, Device>,
}

impl Stage {
    /// In the empty `folder`, with the data and files of `scenarios`.
    pub(crate) fn set(folder: &Path, scenarios: &Path, now_ms: i64) -> Result<Self> {
        let company = Company::found(&folder.join("company"), &scenarios.join("company"), now_ms)?;
        let (files, folder) = (scenarios.to_owned(), folder.to_owned());
        Ok(Self { files, folder, now_ms, company, devices: BTreeMap::new() })
    }

    /// Time goes by, everywhere.
    pub(crate) fn pass(&mut self, ms: i64) -> Result<()> {
        self.now_ms += ms;
        self.devices.values().for_each(|device| device.clock.advance(ms));
        self.company.set_clock(self.now_ms)
    }

    /// Does what a step says.
    pub(crate) fn act(&mut self, step: &Step, with: &Arguments) -> Result<Outcome> {
        let Some((_, operation)) = operations::ALL.iter().find(|(name, _)| *name == step.what) else {
            return self.verb(step, with);
        };
        let core = self.device(step)?.core.clone().context("the device was not opened")?;
        operation(&core, with)
    }

    fn verb(&mut self, step: &Step, with: &Arguments) -> Result<Outcome> {
        match step.what.as_str() {
            "device.open" => return self.open(step, with),
            "device.accounts" => {
                let folder = &self.device(step)?.folder;
                return outcome(saha_core::known_accounts(folder.to_string_lossy().into_owned()));
            }
            "device.close" => self.device(step)?.core.as_ref().context("the device was not opened")?.shutdown()?,
            "device.lock" => self.device(step)?.secrets.is_locked.store(true, Ordering::SeqCst),
            "device.unlock" => self.device(step)?.secrets.is_locked.store(false, Ordering::SeqCst),
            "device.put_file" => {
                let from = self.files.join(with.get::<String>("file")?);
                fs::copy(from, self.device(step)?.folder.join(with.get::<String>("as")?))?;
            }
            "clock.pass" => self.pass(with.get("ms")?)?,
            "clock.turn" => {
                let to: DateTime<FixedOffset> = with.get("to")?;
                self.device(step)?.clock.set_wall_clock(to.timestamp_millis());
            }
            "clock.reboot" => self.device(step)?.clock.reboot(),
            "server.stop" => self.company.stop()?,
            "server.start" => self.company.start()?,
            "server.back_up" => self.company.back_up()?,
            "server.restore" => self.company.restore()?,
            "office.import" => {
                return Ok(Ok(self.company.import(&with.get::<String>("kind")?, &with.get::<Vec<_>>("lines")?)?));
            }
            "office.revoke" => return Ok(Ok(self.company.revoke(&with.get::<String>("device")?)?)),
            unknown => bail!("no operation is called {unknown}"),
        }
        Ok(Ok(Value::Null))
    }

    fn device(&mut self, step: &Step) -> Result<&mut Device> {
        let name = step.on.as_deref().context("on which device?")?;
        self.devices.get_mut(name).with_context(|| format!("no device is called {name}"))
    }

    fn open(&mut self, step: &Step, with: &Arguments) -> Result<Outcome> {
        let name = step.on.as_deref().context("on which device?")?;
        let own = self.folder.join("devices").join(name);
        if !self.devices.contains_key(name) {
            fs::create_dir_all(&own)?;
            self.devices.insert(name.to_owned(), Device::new(own.clone(), self.now_ms));
        }
        let folder = match with.get::<Option<String>>("folder_of")? {
            Some(other) => self.devices.get(&other).context("no such device")?.folder.clone(),
            None => own,
        };
        let lang = with.get::<Option<String>>("lang")?.map_or(Ok(Lang::En), |lang| lang.parse())?;
        outcome(self.device(step)?.open(&folder, with.get("account")?, lang))
    }

    /// Shuts everything down.
    pub(crate) fn strike(mut self) -> Result<()> {
        self.devices.values().filter_map(|device| device.core.as_ref()).try_for_each(|core| core.shutdown())?;
        self.company.stop()
    }
}
