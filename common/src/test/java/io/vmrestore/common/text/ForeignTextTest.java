package io.vmrestore.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignTextTest {

    @Test
    void aPlainNameIsPutInQuotationMarksAndLeftAsItIs() {
        assertThat(ForeignText.quoted("web-1")).isEqualTo("\"web-1\"");
        assertThat(ForeignText.quoted("数据 北京 🗄️")).isEqualTo("\"数据 北京 🗄️\"");
        assertThat(ForeignText.quoted("two  blanks ")).isEqualTo("\"two  blanks \"");
    }

    @Test
    void whatTurnsOrEndsASentenceIsAnEscape() {
        assertThat(ForeignText.quoted("a\u202Etxt.exe\u2069")).isEqualTo("\"a\\u202etxt.exe\\u2069\"");
        assertThat(ForeignText.quoted("a\nJob is done\r\u2028\u0085"))
                .isEqualTo("\"a\\u000aJob is done\\u000d\\u2028\\u0085\"");
        assertThat(ForeignText.quoted("\u001b[2Ja\u0000")).isEqualTo("\"\\u001b[2Ja\\u0000\"");
        assertThat(ForeignText.quoted("a\u200Bb\uFEFF\u00A0\udb40\udc01"))
                .isEqualTo("\"a\\u200bb\\ufeff\\u00a0\\u{e0001}\"");
        assertThat(ForeignText.quoted("half \ud83d of a pair")).isEqualTo("\"half \\ud83d of a pair\"");
    }

    @Test
    void twoNamesNeverLookTheSameForTheirQuotationMarksOrBackslashes() {
        assertThat(ForeignText.quoted("a\" is deleted, \"b")).isEqualTo("\"a\\\" is deleted, \\\"b\"");
        assertThat(ForeignText.quoted("a\\u202e"))
                .isEqualTo("\"a\\\\u202e\"")
                .isNotEqualTo(ForeignText.quoted("a\u202e"));
    }

    @Test
    void aNameFromRightToLeftIsIsolated() {
        assertThat(ForeignText.quoted("שרת 1")).isEqualTo("\u2068\"שרת 1\"\u2069");
    }

    @Test
    void onlyWhatCannotBeStoredIsChangedForTheTables() {
        String odd = "a\u0000b\ud800c\udc00\ud83d\ude00\n\u202e\"\\";
        assertThat(ForeignText.storable(odd)).isEqualTo("a\\u0000b\\ud800c\\udc00\ud83d\ude00\n\u202e\"\\");
        assertThat(ForeignText.encodable(odd)).isEqualTo("a\u0000b\\ud800c\\udc00\ud83d\ude00\n\u202e\"\\");
        String fine = "fine";
        assertThat(ForeignText.storable(fine)).isSameAs(fine);
    }
}
