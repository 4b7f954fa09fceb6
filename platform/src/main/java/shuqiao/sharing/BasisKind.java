package shuqiao.sharing;

/** What a refusal may rest on; the profile says which of them it accepts. */
public enum BasisKind {
    LAW,
    ADMINISTRATIVE_REGULATION,
    STATE_POLICY,
    LOCAL_REGULATION,
    PROVINCE_POLICY,
    CITY_POLICY
}
