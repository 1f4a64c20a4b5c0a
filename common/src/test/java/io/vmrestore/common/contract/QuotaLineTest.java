package io.vmrestore.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaLineTest {

    @Test
    void whatIsUsedReservedAndNeededMustFit() {
        assertThat(QuotaLine.of("ports", 10L, 7L, 1L, 2).verdict()).isEqualTo(QuotaVerdict.OK);
        assertThat(QuotaLine.of("ports", 10L, 7L, 2L, 2).verdict()).isEqualTo(QuotaVerdict.INSUFFICIENT);
        assertThat(QuotaLine.of("ports", 10L, 8L, null, 2).verdict()).isEqualTo(QuotaVerdict.OK);
    }

    @Test
    void onlyMinusOneIsUnlimited() {
        assertThat(QuotaLine.of("cores", -1L, 999L, 0L, 5).verdict()).isEqualTo(QuotaVerdict.OK);
        assertThat(QuotaLine.of("cores", 0L, 0L, 0L, 1).verdict()).isEqualTo(QuotaVerdict.INSUFFICIENT);
        assertThat(QuotaLine.of("cores", -2L, 0L, 0L, 1).verdict()).isEqualTo(QuotaVerdict.INSUFFICIENT);
    }

    @Test
    void whatTheCloudDoesNotTellIsUnknown() {
        assertThat(QuotaLine.of("volumes", null, 1L, 0L, 1).verdict()).isEqualTo(QuotaVerdict.UNKNOWN);
        assertThat(QuotaLine.of("volumes", 10L, null, 0L, 1).verdict()).isEqualTo(QuotaVerdict.UNKNOWN);
    }
}
