package io.vmrestore.common.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A command of the stock {@code openstack} client that a person can paste as it stands: in the project of a restore,
 * whatever project the caller works in, with options that the clients of all supported releases of OpenStack have.
 */
public final class ClientCommand {
    private final List<String> words = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private boolean hyphenLeads;

    private ClientCommand(@Nullable String computeVersion, String projectId, String command) {
        words.add("openstack");
        if (computeVersion != null) {
            option("--os-compute-api-version", computeVersion);
        }
        option("--os-project-id", projectId);
        words.add(command);
    }

    /**
     * In a project.
     *
     * @param command its words, such as {@code server delete}
     */
    public static ClientCommand in(String projectId, String command) {
        return new ClientCommand(null, projectId, command);
    }

    /** The same in this version of Nova's API, which the client does not choose by itself. */
    public static ClientCommand in(String projectId, String command, String computeVersion) {
        return new ClientCommand(computeVersion, projectId, command);
    }

    /** An option with its value. One that begins with a hyphen would be taken for an option by itself. */
    public ClientCommand option(String option, String value) {
        if (value.startsWith("-")) {
            words.add(ShellText.quoted(option + "=" + value));
        } else {
            words.add(option);
            words.add(ShellText.quoted(value));
        }
        return this;
    }

    /** Shell text as the value of an option, such as the value of a variable. */
    public ClientCommand expanded(String option, String text) {
        words.add(option);
        words.add(text);
        return this;
    }

    public ClientCommand flag(String option) {
        words.add(option);
        return this;
    }

    /** What the command is about, behind all options. */
    public ClientCommand about(String name) {
        hyphenLeads |= name.startsWith("-");
        arguments.add(ShellText.quoted(name));
        return this;
    }

    /** The same as shell text, such as the value of a variable. */
    public ClientCommand aboutExpanded(String text) {
        arguments.add(text);
        return this;
    }

    /** For a shell. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(words);
        if (hyphenLeads) {
            all.add("--");
        }
        all.addAll(arguments);
        return all.stream().collect(Collectors.joining(" "));
    }
}
