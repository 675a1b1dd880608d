//! Fills a folder as an app has it after its first sync: one account with 10 000 customers, 30 000 activities, and a plan for today.
//! For benches of apps, which can't make one themselves: `full_phone FOLDER LOGIN`.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, Result};
use saha_core::{NewPlanItem, Saha};
use saha_tests::{
    canned,
    office::{self, Plan},
    phone::{self, MemorySecrets},
};

/// How many stops a rep makes on a day.
const STOPS: usize = 20;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(login)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: full_phone FOLDER LOGIN");
    };
    let account = Path::new(&folder).join("accounts").join(login);
    std::fs::create_dir_all(&account).with_context(|| format!("cannot make {}", account.display()))?;
    let office = office::fill(&account, Plan::MANY_CUSTOMERS)?;
    let saha = Saha::open(phone::config(&account), Arc::new(MemorySecrets::default()))?;
    let date = office::date(canned::now_ms())?;
    for customer in office.customers().iter().take(STOPS) {
        saha.plan().add(NewPlanItem { customer: customer.id, date, window: None, sequence: None, note: None })?;
    }
    Ok(saha.shutdown()?)
}
