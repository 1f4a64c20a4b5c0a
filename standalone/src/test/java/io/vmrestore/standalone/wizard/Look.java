package io.vmrestore.standalone.wizard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.Clip;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** How a screen is looked at. */
enum Look {
    LIGHT(ColorScheme.LIGHT, 1280, 900, 850),
    DARK(ColorScheme.DARK, 1280, 900, 850),
    PHONE(ColorScheme.LIGHT, 360, 780, 1080);

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

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setColorScheme(colors)
                .setViewportSize(width, height)
                .setTimezoneId("Europe/Berlin");
    }

    /** What a picture shows of a page: its beginning, so that pictures stay small. */
    Clip clip(int pageHeight) {
        return new Clip(0, 0, width, Math.min(pageHeight, highestPicture));
    }

    /** The end of the name of a screenshot. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
