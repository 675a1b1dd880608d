//! Which installation this is. The id lies in the database and in the app's key store, and only where both say the same
//! is it this phone's: a database that came from a backup or from another phone comes without the key store.

use saha_domain::DeviceId;

use super::Session;
use crate::{
    blobs,
    error::Result,
    lock::lock_of,
    secrets::Secret,
    store::{Key, Store, local},
};

impl Session {
    /// This installation's id. It is looked for when it is first needed, as opening the app must not wait for a key store
    /// that may be locked.
    ///
    /// Where the database's id is not the key store's, the database was copied, and this becomes a new device: changes keep
    /// their op ids and bytes, so that what the other copy sends too has one effect; document numbers start anew in a series
    /// of its own, as two phones must not give one number twice; tokens that lie there are another's.
    pub(crate) fn device_id(&self, store: &Store) -> Result<DeviceId> {
        let mut device = lock_of(&self.device);
        if let Some(known) = *device {
            return Ok(known);
        }
        let kept = self.secrets.get(Secret::DeviceId)?.and_then(|text| text.parse::<DeviceId>().ok());
        let stored: Option<DeviceId> = store.read(|reader| local::get(reader.conn(), Key::DeviceId))?;
        let id = match stored {
            Some(stored) if kept == Some(stored) => stored,
            _ => self.make_device(store)?,
        };
        if stored.is_some_and(|stored| stored != id) {
            tracing::warn!(device = %id, "the database is a copy of another device's: this is a new device");
        }
        Ok(*device.insert(id))
    }

    /// Becomes a new device, whatever was known.
    pub(super) fn become_new_device(&self, store: &Store) -> Result<DeviceId> {
        let mut device = lock_of(&self.device);
        Ok(*device.insert(self.make_device(store)?))
    }

    /// The key store is written first: where the process ends between the two, they differ, and the next start makes another
    /// id. No listener hears of it, as no record is touched.
    fn make_device(&self, store: &Store) -> Result<DeviceId> {
        let id = DeviceId::from(store.time().new_id());
        self.forget()?;
        self.secrets.set(Secret::DeviceId, &id.to_string())?;
        store.write(|tx| {
            tx.set(Key::DeviceId, &id)?;
            tx.clear(Key::Series)?;
            tx.clear(Key::LastNumber)
        })?;
        Ok(id)
    }

    /// The office revoked the device, and it has handed in what it could: everything goes, and what is left is a new device
    /// on which nobody has signed in.
    pub(crate) fn erase(&self, store: &Store) -> Result<()> {
        // Before, so that who hears of the erasure asks anew; and after, should anybody have asked in between.
        *lock_of(&self.device) = None;
        store.erase()?;
        *lock_of(&self.device) = None;
        // No row names a file any more, so every one goes.
        blobs::tidy(&self.blobs, store)?;
        self.device_id(store)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
