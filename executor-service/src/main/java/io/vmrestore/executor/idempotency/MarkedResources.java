package io.vmrestore.executor.idempotency;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.openstack.ProjectCloud;
import io.vmrestore.survey.Absence;
import io.vmrestore.survey.Deletion;
import java.util.List;

/** One kind of resource that steps make and mark: how it is found by its mark, and deleted. */
public interface MarkedResources {

    /** The action whose steps make it. */
    Action madeBy();

    /** The service that is asked, as failures name it: compute, volume or network. */
    String service();

    /** Everything in the project that carries the mark and is ours and nobody's else, also what is being deleted. */
    List<Resource> find(ProjectCloud cloud, Mark mark);

    /** Deletes one without waiting until it is gone. */
    Deletion delete(Absence absence, String id) throws InterruptedException;
}
