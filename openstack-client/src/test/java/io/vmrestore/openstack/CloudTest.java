package io.vmrestore.openstack;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link FakeCloud} of its own and, where it asks for one, a client of that cloud. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CloudTest.Clouds.class)
@interface CloudTest {

    /** Starts and stops them. */
    final class Clouds implements ParameterResolver, AfterEachCallback {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Clouds.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == FakeCloud.class || type == OpenStack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            FakeCloud cloud =
                    context.getStore(NAMESPACE).computeIfAbsent(FakeCloud.class, key -> start(), FakeCloud.class);
            return parameter.getParameter().getType() == FakeCloud.class
                    ? cloud
                    : context.getStore(NAMESPACE)
                            .computeIfAbsent(
                                    OpenStack.class, key -> OpenStack.connect(cloud.settings()), OpenStack.class);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            OpenStack client = context.getStore(NAMESPACE).remove(OpenStack.class, OpenStack.class);
            if (client != null) {
                client.close();
            }
            FakeCloud cloud = context.getStore(NAMESPACE).remove(FakeCloud.class, FakeCloud.class);
            if (cloud != null) {
                cloud.close();
            }
        }

        private static FakeCloud start() {
            try {
                return new FakeCloud();
            } catch (IOException e) {
                throw new IllegalStateException("no port for the fake cloud", e);
            }
        }
    }
}
