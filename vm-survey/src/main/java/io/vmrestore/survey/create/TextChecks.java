package io.vmrestore.survey.create;

import static java.util.stream.Collectors.joining;

import io.vmrestore.common.contract.ServerName;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.text.ClientCommand;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.OwnMetadata;
import io.vmrestore.survey.SurveyedVm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether Nova takes what people wrote on the VM: its name, description, user_data, metadata and tags. */
final class TextChecks {
    private static final Pattern METADATA_KEY = Pattern.compile("[a-zA-Z0-9-_:. ]{1,255}");
    private static final Pattern TAG = Pattern.compile("[^,/]{1,60}");
    private static final int LONGEST_USER_DATA = 65_535;

    private final CreateRequest request;
    private final SurveyedVm vm;
    private final CreateFacts facts;
    private final SourceServer source;
    private final Findings findings;

    TextChecks(CreateRequest request, SurveyedVm vm, CreateFacts facts, Findings findings) {
        this.request = request;
        this.vm = vm;
        this.facts = facts;
        source = request.source();
        this.findings = findings;
    }

    void run() {
        name();
        texts();
        metadata();
        tags();
    }

    private void name() {
        ServerName.problem(request.newName()).ifPresent(problem -> {
            String allowed = ServerName.allowedPart(request.newName());
            findings.reason("Nova would refuse the name of the VM, which " + problem + "; rename it first: "
                    + ClientCommand.in(source.projectId(), "server set")
                            .option("--name", allowed.isEmpty() ? "NAME" : ServerName.cut(allowed, ServerName.LONGEST))
                            .about(source.id()));
        });
    }

    private void texts() {
        String description = source.description();
        if (description != null && length(description) > ServerName.LONGEST) {
            findings.reason("The description of the VM has more than " + ServerName.LONGEST
                    + " characters, which Nova refuses; shorten it first: "
                    + ClientCommand.in(source.projectId(), "server set", "2.19")
                            .option("--description", ServerName.cut(description, ServerName.LONGEST))
                            .about(source.id()));
        }
        if (vm.userData() != null && vm.userData().length() > LONGEST_USER_DATA) {
            findings.reason("The user_data of the VM has more than " + LONGEST_USER_DATA
                    + " characters in base64, which Nova refuses");
        }
    }

    private void metadata() {
        Map<String, String> own = OwnMetadata.strip(source.metadata());
        List<String> refused = own.entrySet().stream()
                .filter(entry -> !METADATA_KEY.matcher(entry.getKey()).matches()
                        || length(entry.getValue()) > ServerName.LONGEST)
                .map(Map.Entry::getKey)
                .toList();
        if (!refused.isEmpty()) {
            findings.reason("Nova would refuse these metadata items of the VM: " + quoted(refused)
                    + "; remove them first: "
                    + unset("--property", refused, "2.1"));
        }
        Optional<Long> limit = facts.limit(CreateFacts.METADATA_ITEMS);
        if (limit.isEmpty()) {
            findings.unknown("how many metadata items a server may have", "compute");
            return;
        }
        long room = limit.get() - own.size();
        if (room < 0) {
            findings.reason("The VM has " + own.size() + " metadata items, but the cloud allows a new server only "
                    + limit.get() + "; remove some first, or have quota metadata_items raised");
            return;
        }
        List<String> without = OwnMetadata.leftOut(source, room);
        if (!without.isEmpty()) {
            without.forEach(findings::leaveOut);
            findings.warning(withoutMetadata(own.size(), limit.get(), without));
        }
    }

    private static String withoutMetadata(int own, long limit, List<String> without) {
        List<String> keys = without.stream()
                .map(field -> field.substring(OwnMetadata.FIELD.length()))
                .toList();
        String sentence =
                "The cloud allows " + limit + " metadata items and the VM has " + own + " of its own, which all"
                        + " stay; of what a restore adds, " + String.join(", ", keys) + " is left out";
        if (keys.contains(StepAddress.MARK_KEY)) {
            sentence += "; the restored VM is found by its tag alone";
        }
        if (keys.contains(Origin.OWNER) || keys.contains(Origin.KEY)) {
            sentence += "; a later restore of the restored VM does not find its key pair";
        }
        return sentence;
    }

    private void tags() {
        List<String> own = OwnMetadata.strip(source.tags());
        List<String> refused =
                own.stream().filter(tag -> !TAG.matcher(tag).matches()).toList();
        if (!refused.isEmpty()) {
            findings.reason("Nova would refuse these tags of the VM: " + quoted(refused)
                    + "; remove them first: "
                    + unset("--tag", refused, "2.26"));
        }
        if (own.size() >= OwnMetadata.MOST_TAGS) {
            findings.warning(
                    "The VM has " + own.size() + " tags, as many as there may be; one of them is set only when the"
                            + " restore ends, in place of the tag by which the restore finds its VM");
        }
    }

    private static String quoted(List<String> names) {
        return names.stream().map(ForeignText::quoted).collect(joining(", "));
    }

    private ClientCommand unset(String option, List<String> values, String computeVersion) {
        ClientCommand unset = ClientCommand.in(source.projectId(), "server unset", computeVersion);
        values.forEach(value -> unset.option(option, value));
        return unset.about(source.id());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.codePointCount(0, text.length());
    }
}
