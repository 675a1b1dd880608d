use super::*;

#[test]
fn six_is_new_enough_and_five_is_not() {
    assert!(is_new_enough("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-pc-linux-gnu\n"));
    assert!(is_new_enough("swift-driver version: 1.127 Apple Swift version 6.2 (swiftlang-6.2.0.19.9)\n"));
    assert!(is_new_enough("Swift version 10.0"));
    assert!(!is_new_enough("Swift version 5.10.1 (swift-5.10.1-RELEASE)"));
    assert!(!is_new_enough("swift: command not found"));
}
