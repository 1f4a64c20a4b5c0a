package io.vmrestore.support.listener;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The file descriptors of this process, of which every connection takes one. Log, database and cloud need some as well,
 * and must get them however many connect.
 *
 * @param limit how many the process may have; {@link Long#MAX_VALUE} where the system does not tell
 */
record Descriptors(long limit) {
    private static final int LEAST = 50;
    private static final int ALL = 100;

    static Descriptors ofThisProcess() {
        return new Descriptors(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE);
    }

    /**
     * How many connections there may be: as many as are set, or fewer if the process has too few descriptors.
     *
     * @throws IllegalStateException if that would be too few to work with
     */
    int connections(ListenerSettings settings) {
        long free = limit - settings.reservedDescriptors();
        long affordable = free / ALL * settings.descriptorShare();
        if (affordable < Math.min(LEAST, settings.connections())) {
            throw new IllegalStateException("This process may open " + limit + " files and connections, of which "
                    + settings.reservedDescriptors() + " are kept for log, database and cloud"
                    + " (RESTORE_HTTP_RESERVED_DESCRIPTORS): too few are left for clients. Raise the limit, for example"
                    + " with: ulimit -n 65536");
        }
        return (int) Math.min(settings.connections(), affordable);
    }
}
