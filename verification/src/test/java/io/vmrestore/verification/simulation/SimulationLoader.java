package io.vmrestore.verification.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.util.List;

/**
 * Loads the product anew with the {@link Redirections}: product code needs no seam for time and chance, and none can be
 * forgotten. Libraries are shared with the tests, but for openstack4j, which keeps the way to the cloud in a static
 * field.
 */
final class SimulationLoader extends ClassLoader {
    private static final List<String> OURS = List.of("io.vmrestore.", "org.openstack4j.");

    private final ClassLoader tests;
    private final ClassFile files;

    SimulationLoader(ClassLoader tests) {
        super("simulation", tests);
        this.tests = tests;
        files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(tests).cached()));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OURS.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = tests.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = file.readAllBytes();
            byte[] bytes = name.startsWith("io.vmrestore.")
                            && !name.startsWith("io.vmrestore.verification.simulation.SimulatedJdk")
                    ? files.transformClass(
                            files.parse(original),
                            ClassTransform.transformingMethodBodies(
                                    (code, element) -> Redirections.rewrite(code, element)))
                    : original;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
