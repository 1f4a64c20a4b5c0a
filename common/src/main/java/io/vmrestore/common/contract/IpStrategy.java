package io.vmrestore.common.contract;

import java.util.List;

/** What a restored network interface does about the original's IP addresses, and everything that follows from it. */
public enum IpStrategy {
    /** Asks for no address; the network assigns one. */
    NEW_IPS(false, true) {
        @Override
        public void warnBeside(NicWords nic, WarningSeverity.Listener warnings) {
            // The original keeps its addresses, which nobody asks for.
        }

        @Override
        public void warnReplacing(NicWords nic, WarningSeverity.Listener warnings) {
            warnings.say(
                    WarningSeverity.CHANGES,
                    "The addresses of " + nic.which() + " (" + nic.original()
                            + ") are given up; it keeps its MAC address and gets other addresses");
        }
    },
    /** Asks for the original addresses and takes assigned ones if they are not to be had. */
    TRY_SAME_IPS(true, true) {
        @Override
        public void warnBeside(NicWords nic, WarningSeverity.Listener warnings) {
            if (!nic.requested().isEmpty()) {
                warnings.say(
                        WarningSeverity.CHANGES,
                        "The addresses of " + nic.which() + " are tried, not promised: " + nic.requested()
                                + " belong to port " + nic.sourcePortId()
                                + " of the original, and unless they are freed"
                                + " before, the restored VM gets others");
            }
            if (!nic.lostWithMac().isEmpty()) {
                warnings.say(
                        WarningSeverity.CHANGES,
                        "Address " + nic.lostWithMac() + " of " + nic.which()
                                + " follows from the MAC address and will be another");
            }
        }

        @Override
        public void warnReplacing(NicWords nic, WarningSeverity.Listener warnings) {
            if (!nic.requested().isEmpty()) {
                warnings.say(
                        WarningSeverity.CHANGES,
                        "The addresses of " + nic.which() + " are tried, not promised: if someone takes "
                                + nic.requested()
                                + " between the deletion and the new port, the restored VM gets others");
            }
        }
    },
    /** Asks for the original addresses and fails if they are not to be had. */
    SAME_IPS_OR_FAIL(true, false) {
        @Override
        public void warnBeside(NicWords nic, WarningSeverity.Listener warnings) {
            if (!nic.requested().isEmpty()) {
                warnings.say(
                        WarningSeverity.BLOCKS,
                        "The restore will fail unless the addresses of " + nic.which()
                                + " are freed before it is executed: " + nic.requested() + " belong to port "
                                + nic.sourcePortId() + " of the original");
            }
        }

        @Override
        public void warnReplacing(NicWords nic, WarningSeverity.Listener warnings) {
            if (!nic.requested().isEmpty()) {
                warnings.say(
                        WarningSeverity.CHANGES,
                        "If someone takes " + nic.requested() + " of " + nic.which()
                                + " between the deletion and the new port, the restore fails when the VM is already"
                                + " deleted and has to be finished by hand");
            }
        }
    };

    private final boolean asksForAddresses;
    private final boolean goesOnWithout;

    IpStrategy(boolean asksForAddresses, boolean goesOnWithout) {
        this.asksForAddresses = asksForAddresses;
        this.goesOnWithout = goesOnWithout;
    }

    /**
     * One interface in the words of a warning; what there is none of is empty.
     *
     * @param which the interface
     * @param original the original's addresses
     * @param requested those that the restored VM asks for
     * @param lostWithMac those that nobody can ask for, because they follow from a MAC address that stays
     * @param sourcePortId the original's port
     */
    public record NicWords(String which, String original, String requested, String lostWithMac, String sourcePortId) {}

    /** Whether the original's addresses are wanted again: then a plan is not eligible where their subnet is gone. */
    public boolean asksForAddresses() {
        return asksForAddresses;
    }

    /**
     * Whether other addresses will do where those that were asked for are not to be had. If not, the restore fails, and
     * a plan is not eligible where that is known before.
     */
    public boolean goesOnWithout() {
        return goesOnWithout;
    }

    /**
     * What an interface asks for.
     *
     * @param choosable the original's addresses that can be asked for
     */
    public List<FixedIp> asksFor(List<FixedIp> choosable) {
        return asksForAddresses ? choosable : List.of();
    }

    /** Says what an operator must know of an interface beside the original. */
    public abstract void warnBeside(NicWords nic, WarningSeverity.Listener warnings);

    /** Says what an operator must know of an interface in the original's place. */
    public abstract void warnReplacing(NicWords nic, WarningSeverity.Listener warnings);
}
