package shuqiao.sharing;

/** What shared data is used for (国发〔2016〕51号 第十二条). */
public enum Purpose {
    /** 行政依据. */
    ADMINISTRATIVE_BASIS,
    /** 工作参考. */
    WORK_REFERENCE,
    /** 数据校核. */
    DATA_VERIFICATION,
    /** 业务协同. */
    BUSINESS_COOPERATION
}
