package io.vmrestore.executor.step;

import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.openstack.OpenStack;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The steps, found and put together as the service does. */
final class FoundSteps {
    private FoundSteps() {}

    static Steps of(OpenStack openStack, StatusPollers pollers, UserData userData) {
        try (var context = new AnnotationConfigApplicationContext()) {
            List.of(openStack, pollers, userData)
                    .forEach(part -> context.getBeanFactory()
                            .registerSingleton(part.getClass().getName(), part));
            context.scan(Steps.class.getPackageName());
            context.refresh();
            return context.getBean(Steps.class);
        }
    }
}
