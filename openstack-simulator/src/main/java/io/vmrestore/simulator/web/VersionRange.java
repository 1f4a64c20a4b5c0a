package io.vmrestore.simulator.web;

import java.util.Map;
import java.util.function.Function;

/** The microversions that a service has, both ends included. */
public record VersionRange(Microversion lowest, Microversion highest) {

    /** The range of a service without microversions. */
    public static VersionRange only(Microversion version) {
        return new VersionRange(version, version);
    }

    /** The same range up to this version, if it ends later. */
    VersionRange upTo(String version) {
        Microversion end = Microversion.parse(version, highest);
        return end.compareTo(highest) < 0 ? new VersionRange(lowest, end) : this;
    }

    /**
     * Reads what a call asks for.
     *
     * @param headers of the refusal, by the version that was asked for
     */
    public Microversion pick(String wanted, Function<Microversion, Map<String, String>> headers)
            throws VersionNotAvailable {
        Microversion version = Microversion.parse(wanted, highest);
        if (version.compareTo(lowest) < 0 || version.compareTo(highest) > 0) {
            throw new VersionNotAvailable(version, lowest, highest, headers.apply(version));
        }
        return version;
    }
}
