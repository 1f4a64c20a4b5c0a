package io.vmrestore.verification.benchmarks.report;

import io.vmrestore.cli.RefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run has found.
 *
 * @param bench its name
 * @param options what it was told, defaults included
 * @param figures in the order in which they are shown
 */
public record Report(String bench, Machine machine, Map<String, String> options, List<Figure> figures) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Report {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        figures = List.copyOf(figures);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws RefusedException if there is no such file, or it holds no report, or one of another bench
     */
    public static Report read(Path file, String bench) throws IOException {
        try {
            Report read = JSON.readValue(Files.readString(file), Report.class);
            if (!bench.equals(read.bench)) {
                throw new RefusedException(file + " is a report of '" + read.bench + "', not of '" + bench + "'");
            }
            return read;
        } catch (NoSuchFileException missing) {
            throw new RefusedException("There is no file " + file);
        } catch (JacksonException malformed) {
            throw new RefusedException(file + " holds no report: " + malformed.getOriginalMessage());
        }
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /** The figure, if this run has it. */
    public Optional<Figure> figure(String group, String name) {
        return figures.stream()
                .filter(figure -> figure.group().equals(group) && figure.name().equals(name))
                .findFirst();
    }

    /** Prints a table, beside an earlier report if there is one. */
    public void print(PrintStream out, @Nullable Report baseline) {
        out.println(machine);
        out.println(options);
        if (baseline != null) {
            out.println("Baseline: " + baseline.machine + " " + baseline.options);
        }
        out.println();
        out.println("| " + bench + ", for one restore | |  idle |" + (baseline == null ? "" : " baseline | ratio |"));
        out.println("|---|---:|---:|" + (baseline == null ? "" : "---:|---:|"));
        String group = "";
        for (Figure figure : figures) {
            if (!figure.group().equals(group)) {
                group = figure.group();
                out.println("| **" + group + "** | | |" + (baseline == null ? "" : " | |"));
            }
            out.println("| " + figure.name() + " | " + number(figure.value()) + " | "
                    + (figure.idle() == null ? "" : number(figure.idle())) + " |"
                    + (baseline == null ? "" : beside(figure, baseline)));
        }
    }

    private static String beside(Figure figure, Report baseline) {
        return baseline.figure(figure.group(), figure.name())
                .map(earlier -> " " + number(earlier.value()) + " | " + ratio(figure.value(), earlier.value()) + " |")
                .orElse(" | |");
    }

    private static String ratio(double now, double earlier) {
        return earlier == 0 ? "" : String.format(Locale.ROOT, "%.2f", now / earlier);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }
}
