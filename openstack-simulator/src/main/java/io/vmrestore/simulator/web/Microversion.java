package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of an API that one call asks for. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d*)\\.(0|[1-9]\\d*)");

    /** Reads {@code major.minor} or {@code latest}. Malformed: a bad request in the services' words. */
    public static Microversion parse(String text, Microversion latest) {
        if (text.equals("latest")) {
            return latest;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Refused.badRequest(
                    "API Version String " + text + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        return new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** What a header such as {@code compute 2.79, volume 3.50} says for one service; empty: nothing. */
    public static Optional<String> wanted(String header, String service) {
        for (String part : header.split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            if (words.length == 2 && words[0].equals(service)) {
                return Optional.of(words[1]);
            }
        }
        return Optional.empty();
    }

    public boolean atLeast(int wantedMinor) {
        return minor >= wantedMinor;
    }

    @Override
    public int compareTo(Microversion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
