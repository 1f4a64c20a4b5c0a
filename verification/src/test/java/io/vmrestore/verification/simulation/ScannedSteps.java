package io.vmrestore.verification.simulation;

import io.vmrestore.executor.poll.StatusPollers;
import io.vmrestore.executor.step.Steps;
import io.vmrestore.executor.userdata.UserData;
import io.vmrestore.openstack.OpenStack;
import java.util.List;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;

/** The steps, found as the service finds them, but looked for once only: that takes longer than many a run. */
final class ScannedSteps {
    private static final List<String> FOUND = new ClassPathScanningCandidateComponentProvider(true)
            .findCandidateComponents(Steps.class.getPackageName()).stream()
                    .map(BeanDefinition::getBeanClassName)
                    .sorted()
                    .toList();

    private ScannedSteps() {}

    static Steps of(OpenStack cloud, StatusPollers pollers, UserData userData) {
        DefaultListableBeanFactory parts = new DefaultListableBeanFactory();
        List.of(cloud, pollers, userData)
                .forEach(part -> parts.registerSingleton(part.getClass().getName(), part));
        for (String name : FOUND) {
            RootBeanDefinition step = new RootBeanDefinition(name);
            step.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
            parts.registerBeanDefinition(name, step);
        }
        return parts.getBean(Steps.class);
    }
}
