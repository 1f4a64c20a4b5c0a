package io.vmrestore.survey.create;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.survey.SurveyedVm;
import java.util.List;

/**
 * Whether Nova and Neutron will accept every create call of a restore, judged by what they check before they answer
 * 202. The one place that decides it: asked when a plan is made, when it is validated, and right before an original is
 * deleted, each time with facts read anew. Sources: Nova's API schemas and quota checks, Neutron's of ports; see
 * {@code docs/preserved.md}.
 *
 * <p>What the cloud does not tell is a warning; where the original would be gone before the call, it is a reason.
 */
public final class CreateProof {
    /** Where a server's zone is left out. */
    public static final String ZONE = "availability_zone";

    private final CreateRequest request;
    private final SurveyedVm vm;
    private final Findings findings;

    private CreateProof(CreateRequest request, SurveyedVm vm, Findings findings) {
        this.request = request;
        this.vm = vm;
        this.findings = findings;
    }

    /**
     * Judges a request.
     *
     * @param vm the original as it is now
     */
    public static CreateProof of(CreateRequest request, SurveyedVm vm, CreateFacts facts) {
        Findings findings = new Findings(request.destroysFirst());
        new TextChecks(request, vm, facts, findings).run();
        new LookupChecks(request, facts, findings).run();
        new PortChecks(request, vm, findings).run();
        return new CreateProof(request, vm, findings);
    }

    /** Why a call would be refused, each with the remedy; empty if all would be accepted. */
    public List<String> reasons() {
        return findings.reasons();
    }

    /** What is left out, and what cannot be known, one sentence each without its full stop. */
    public List<String> warnings() {
        return findings.warnings();
    }

    /** What is carried of the original as it is now, without what the cloud would refuse. */
    public Carried carried() {
        Carried all = vm.carried();
        // The address belongs to the original as long as that exists.
        boolean access = request.destroysFirst() && request.ipStrategy().asksForAddresses();
        return new Carried(
                findings.leftOut(),
                access ? all.accessIpv4() : null,
                access ? all.accessIpv6() : null,
                all.volumeMetadata(),
                all.volumeDescription(),
                all.portsDown(),
                all.bootDiskTag(),
                all.interfaceTags());
    }
}
