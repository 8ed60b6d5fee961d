use super::*;

#[test]
fn pages_carry_no_nonce() {
    let html = "<link crossorigin=\"abc\"><script nonce=\"abc\">x</script><p>abc</p>";
    assert_eq!(
        without_nonce(html.to_owned()),
        "<link crossorigin=\"anonymous\"><script>x</script><p>abc</p>"
    );
}
