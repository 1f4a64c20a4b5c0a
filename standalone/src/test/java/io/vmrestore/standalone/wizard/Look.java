package io.vmrestore.standalone.wizard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.Clip;
import com.microsoft.playwright.options.ColorScheme;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a screen is looked at. */
enum Look {
    LIGHT(ColorScheme.LIGHT, 1280, 900, 850),
    DARK(ColorScheme.DARK, 1280, 900, 850),
    PHONE(ColorScheme.LIGHT, 360, 780, 1080),
    WIDE(ColorScheme.LIGHT, 1920, 1080, 1080);

    private static final int LONGEST_PICTURE = 3000;

    private final ColorScheme colors;
    private final int width;
    private final int height;
    private final int highestPicture;

    Look(ColorScheme colors, int width, int height, int highestPicture) {
        this.colors = colors;
        this.width = width;
        this.height = height;
        this.highestPicture = highestPicture;
    }

    /** A test of a screen in light, in dark and on a phone. */
    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE"})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Each {}

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setColorScheme(colors)
                .setViewportSize(width, height)
                .setIsMobile(this == PHONE)
                .setHasTouch(this == PHONE)
                .setTimezoneId("Europe/Berlin");
    }

    /** What a picture shows of a page: its beginning, so that pictures stay small. */
    Clip beginning(int pageHeight) {
        return new Clip(0, 0, width, Math.min(pageHeight, highestPicture));
    }

    /** All of a page. */
    Clip whole(int pageHeight) {
        return new Clip(0, 0, width, Math.min(pageHeight, LONGEST_PICTURE));
    }

    /** The end of the name of a screenshot. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
