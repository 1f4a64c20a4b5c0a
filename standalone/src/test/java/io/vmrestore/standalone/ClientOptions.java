package io.vmrestore.standalone;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands and options of the stock client that every supported release of it has. */
final class ClientOptions {
    private static final String EVERYWHERE = "openstack";
    private static final Pattern QUOTED = Pattern.compile("\\$?'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");
    private static final Pattern GLOBAL = Pattern.compile("^(?:\\s+--os-[a-z-]+\\s+\\S+)+\\s+");

    private final Map<String, Set<String>> commands;

    private ClientOptions(Map<String, Set<String>> commands) {
        this.commands = commands;
    }

    static ClientOptions supported() {
        try (InputStream table =
                Objects.requireNonNull(ClientOptions.class.getResourceAsStream("/openstack-client-options.txt"))) {
            return new ClientOptions(new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(":", 2))
                    .collect(toMap(
                            line -> line[0], line -> Set.of(line[1].strip().split(" ")))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What of a line for a shell an earlier or later client does not have. */
    List<String> unknown(String line) {
        String bare = QUOTED.matcher(line).replaceAll("X");
        return Stream.of(bare.split("\\bopenstack(?=\\s)"))
                .skip(1)
                .flatMap(this::unknownOfCommand)
                .toList();
    }

    private Stream<String> unknownOfCommand(String rest) {
        String words = GLOBAL.matcher(rest).replaceFirst("").strip();
        Optional<String> command = commands.keySet().stream()
                .filter(known -> words.equals(known) || words.startsWith(known + " "))
                .findFirst();
        if (command.isEmpty()) {
            return Stream.of(words);
        }
        Set<String> options = commands.get(command.get());
        return OPTION.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(option ->
                        !options.contains(option) && !commands.get(EVERYWHERE).contains(option))
                .map(option -> command.get() + " " + option);
    }
}
