//! Products and their prices: the company's to give.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{Product, ProductId, SahaError, text};

use crate::{core::Core, page::Page};

/// Questions about products.
#[derive(uniffi::Object)]
pub struct Products {
    core: Arc<Core>,
}

impl Products {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Products {
    /// The product. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: ProductId) -> Result<Product, SahaError> {
        self.core.store.read(|reader| reader.get(id.uuid()))?.ok_or_else(|| not_found(&id.to_string()))
    }

    /// The product by the company's code.
    pub fn get_by_code(&self, code: String) -> Result<Product, SahaError> {
        self.core.store.read(|reader| store::by_code(reader, &code))?.ok_or_else(|| not_found(&code))
    }

    /// Products whose name, group or code holds every word of `text`; an empty text lists all. At most 200 a page.
    pub fn search(&self, text: String, limit: i64, offset: i64) -> Result<Vec<Product>, SahaError> {
        let page = Page::new(limit, offset)?;
        text::check("search", &text, text::NAME_MAX_CHARS)?;
        let words: Vec<String> = text::fold(&text).split_whitespace().map(str::to_owned).collect();
        Ok(self.core.store.read(|reader| store::search(reader, &words, page))?)
    }
}

pub(crate) fn not_found(id: &str) -> SahaError {
    SahaError::NotFound { kind: "product".to_owned(), id: id.to_owned() }
}
