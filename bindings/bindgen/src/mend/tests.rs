use super::*;

#[test]
fn a_foreign_error_is_lowered_into_the_crates_own_buffer() {
    let broken = "writeReturn,\n{ e: SahaException -> FfiConverterTypeSahaError.lower(e) }\n";
    let mended = text_of(broken).unwrap();
    assert!(mended.contains(".lower(e).let { RustBuffer.create("), "{mended}");
    assert_eq!(text_of(&mended), None, "once is enough");
}
