//! Currencies by their codes.

/// Codes of ISO 4217 that money is counted in.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP \
     BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
     GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR \
     KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
     MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
     SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
     UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

pub fn is_one(code: &str) -> bool {
    code.len() == 3 && CODES.split_whitespace().any(|known| known == code)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_three_letters_of_the_list() {
        assert!(super::is_one("EUR") && super::is_one("AED") && super::is_one("ZMW"));
        for other in ["", "eur", "EU", "EURO", "XXX", "UR ", "EUR "] {
            assert!(!super::is_one(other), "{other}");
        }
    }
}
