//! Short ways to read and write small files in tests.

use super::{Entry, ProductRecord, Writer, read};

pub(super) fn entries(file: impl AsRef<[u8]>) -> Vec<Entry> {
    read(file.as_ref(), 2).unwrap().collect()
}

/// The file's products; the test fails if anything in the file is wrong.
pub(super) fn products(file: impl AsRef<[u8]>) -> Vec<ProductRecord> {
    let one = |entry| match entry {
        Entry::Product(product) => product,
        Entry::Bad(bad) => panic!("{bad:?}"),
    };
    entries(file).into_iter().map(one).collect()
}

pub(super) fn product(file: impl AsRef<[u8]>) -> ProductRecord {
    let mut all = products(file);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// All that is wrong in the file, as a person gets to read it.
pub(super) fn faults(file: impl AsRef<[u8]>) -> Vec<String> {
    let bad = |entry| match entry {
        Entry::Product(_) => Vec::new(),
        Entry::Bad(bad) => bad,
    };
    let all = entries(file).into_iter().flat_map(bad);
    all.map(|bad| bad.to_string()).collect()
}

/// What is remarked on in the file, which has nothing wrong in it.
pub(super) fn remarks(file: impl AsRef<[u8]>) -> Vec<String> {
    let all = products(file)
        .into_iter()
        .flat_map(|product| product.remarks);
    all.map(|remark| remark.to_string()).collect()
}

pub(super) fn written(products: &[ProductRecord], digits: u32) -> Vec<u8> {
    let mut languages = Vec::new();
    for one in products.iter().flat_map(|product| &product.translations) {
        if !languages.contains(&one.language) {
            languages.push(one.language);
        }
    }
    let mut writer = Writer::new(Vec::new(), digits, languages).unwrap();
    for product in products {
        writer.product(product).unwrap();
    }
    writer.finish().unwrap()
}
