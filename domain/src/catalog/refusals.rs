//! Why the company's server refused a change.

crate::sentences! {
    invalid() { en: "a value is wrong", tr: "bir değer hatalı" }
    forbidden() { en: "you are not allowed to change this", tr: "bunu değiştirme yetkiniz yok" }
    wrong_state() { en: "the record has moved on and can't go back", tr: "kayıt ilerlemiş, geri döndürülemez" }
    duplicate_tax_no() { en: "another customer has the same tax number", tr: "aynı vergi numarasına sahip başka bir müşteri var" }
    duplicate_id() { en: "this record exists already", tr: "bu kayıt zaten var" }
    price_below_floor() { en: "the price is below the floor price", tr: "fiyat taban fiyatın altında" }
    parent_missing() { en: "a record that this one refers to does not exist", tr: "bu kaydın bağlı olduğu kayıt yok" }
    parent_gone() { en: "a record that this one refers to was deleted", tr: "bu kaydın bağlı olduğu kayıt silinmiş" }
    base_missing() { en: "the record that was edited does not exist", tr: "düzenlenen kayıt yok" }
    not_your_customer() { en: "this customer is not assigned to you", tr: "bu müşteri size atanmış değil" }
    another_reps_customer(name: &str) { en: "this customer is not assigned to you; {name} has him now", tr: "bu müşteri size atanmış değil; onunla şimdi {name} ilgileniyor" }
    too_large() { en: "the change is too large", tr: "değişiklik çok büyük" }
    gone() { en: "the record was deleted at the office", tr: "kayıt merkezde silinmiş" }
    conflict() { en: "this change was sent before with another content", tr: "bu değişiklik daha önce başka içerikle gönderilmiş" }
    replaced_was_applied() { en: "the first version of this change was accepted after all", tr: "bu değişikliğin ilk hâli zaten kabul edilmiş" }
}
