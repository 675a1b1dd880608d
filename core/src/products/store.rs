//! Every statement on the table `product`.

use saha_domain::{Kind, Product, text};
use serde_json::{Map, Value};

use crate::{
    error::Result,
    page::Page,
    store::{Codec, Derived, Reader, Table, field},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Product,
    columns: &[&[field(&["code"], Codec::Text), field(&["name"], Codec::Text)]],
    derived: &[Derived { name: "search_key", make: search_key }],
    children: &[],
};

fn search_key(body: &Map<String, Value>) -> String {
    let part = |field: &str| body.get(field).and_then(Value::as_str).map(text::fold);
    ["name", "group", "code"].into_iter().filter_map(part).collect::<Vec<_>>().join(" ")
}

pub(super) fn search(reader: &Reader, words: &[String], page: Page) -> Result<Vec<Product>> {
    let holds = "(SELECT count(*) FROM json_each(?1) WHERE instr(search_key, value) = 0) = 0";
    let words = Value::from(words.to_vec()).to_string();
    reader.list(&format!("WHERE {holds} ORDER BY search_key, id LIMIT ?2 OFFSET ?3"), (words, page.limit, page.offset))
}

pub(super) fn by_code(reader: &Reader, code: &str) -> Result<Option<Product>> {
    Ok(reader.list("WHERE code = ?1", [code])?.pop())
}
