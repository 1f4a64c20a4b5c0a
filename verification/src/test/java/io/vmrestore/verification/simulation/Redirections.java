package io.vmrestore.verification.simulation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which calls of the JDK product code makes to {@link SimulatedJdk} instead, instruction by instruction. */
final class Redirections {
    private static final ClassDesc INSTEAD = ClassDesc.of("io.vmrestore.verification.simulation.SimulatedJdk");
    private static final String PLATFORM = "java.lang.Thread$Builder$OfPlatform";
    private static final String VIRTUAL = "java.lang.Thread$Builder$OfVirtual";

    /** By class, name and parameters of the call. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("java.lang.System.nanoTime()", "nanoTime"),
            Map.entry("java.lang.System.currentTimeMillis()", "currentTimeMillis"),
            Map.entry("java.time.Instant.now()", "now"),
            Map.entry("java.time.InstantSource.system()", "instantSource"),
            Map.entry("java.time.Clock.systemUTC()", "clock"),
            Map.entry("java.lang.Thread.sleep(long)", "sleep"),
            Map.entry("java.lang.Thread.sleep(Duration)", "sleep"),
            Map.entry("java.lang.Thread.join(Duration)", "join"),
            Map.entry("java.util.concurrent.locks.LockSupport.parkNanos(long)", "parkNanos"),
            Map.entry("java.util.concurrent.locks.Condition.awaitNanos(long)", "awaitNanos"),
            Map.entry("java.util.concurrent.CountDownLatch.await(long,TimeUnit)", "await"),
            Map.entry("java.util.concurrent.Future.get(long,TimeUnit)", "get"),
            Map.entry("java.util.concurrent.CompletableFuture.get(long,TimeUnit)", "get"),
            Map.entry("java.util.UUID.randomUUID()", "randomUuid"),
            Map.entry("java.util.concurrent.ThreadLocalRandom.current()", "random"),
            Map.entry("java.util.concurrent.ThreadLocalRandom.nextLong(long)", "nextLong"),
            Map.entry("java.util.concurrent.ConcurrentHashMap.newKeySet()", "keySet"),
            Map.entry(PLATFORM + ".daemon()", "daemon"));

    private static final Map<String, String> CLASSES = Map.of(
            "java.security.SecureRandom", "io.vmrestore.verification.simulation.SimulatedJdk$Chance",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
                    "io.vmrestore.verification.simulation.SimulatedJdk$Timetable");

    private static final Map<String, MethodTypeDesc> RESULTS = Map.of(
            "random", MethodTypeDesc.ofDescriptor("()Ljava/util/Random;"),
            "nextLong", MethodTypeDesc.ofDescriptor("(Ljava/util/random/RandomGenerator;J)J"),
            "keySet", MethodTypeDesc.ofDescriptor("()Ljava/util/Set;"),
            "get",
                    MethodTypeDesc.ofDescriptor(
                            "(Ljava/util/concurrent/Future;JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;"),
            "daemon",
                    MethodTypeDesc.ofDescriptor(
                            "(Ljava/lang/Thread$Builder$OfVirtual;)Ljava/lang/Thread$Builder$OfVirtual;"));

    private Redirections() {}

    /** Writes an instruction as it is or as what stands in its place. */
    static void rewrite(CodeBuilder code, CodeElement element) {
        switch (element) {
            case NewObjectInstruction made
            when instead(made.className().asSymbol()) != null ->
                code.new_(instead(made.className().asSymbol()));
            case InvokeInstruction call -> rewriteCall(code, call);
            default -> code.with(element);
        }
    }

    private static void rewriteCall(CodeBuilder code, InvokeInstruction call) {
        ClassDesc owner = call.owner().asSymbol();
        String ownerName = name(owner);
        String method = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        String target = METHODS.get(ownerName + "." + method + parameters(type));
        if (target != null) {
            code.invokestatic(INSTEAD, target, RESULTS.getOrDefault(target, redirected(call, owner, type)));
        } else if (ownerName.equals("java.lang.Thread") && method.equals("ofPlatform")) {
            code.invokestatic(owner, "ofVirtual", MethodTypeDesc.of(ClassDesc.of(VIRTUAL)), false);
        } else if (ownerName.equals(PLATFORM)) {
            code.invokeinterface(ClassDesc.of(VIRTUAL), method, virtual(type));
        } else if (method.equals("<init>") && instead(owner) != null) {
            code.invokespecial(instead(owner), method, type);
        } else {
            code.with(call);
            orderResult(code, ownerName, method, type);
        }
    }

    private static void orderResult(CodeBuilder code, String owner, String method, MethodTypeDesc type) {
        boolean collection = owner.equals("java.util.Map") || owner.equals("java.util.Set");
        if (collection && (method.equals("of") || method.equals("copyOf") || method.equals("ofEntries"))) {
            code.invokestatic(INSTEAD, "ordered", MethodTypeDesc.of(type.returnType(), type.returnType()));
        }
    }

    private static MethodTypeDesc redirected(InvokeInstruction call, ClassDesc owner, MethodTypeDesc type) {
        if (call.opcode() == Opcode.INVOKESTATIC) {
            return type;
        }
        List<ClassDesc> parameters = new ArrayList<>(List.of(owner));
        parameters.addAll(type.parameterList());
        return MethodTypeDesc.of(type.returnType(), parameters);
    }

    private static MethodTypeDesc virtual(MethodTypeDesc type) {
        return name(type.returnType()).equals(PLATFORM) ? type.changeReturnType(ClassDesc.of(VIRTUAL)) : type;
    }

    private static @Nullable ClassDesc instead(ClassDesc type) {
        String replacement = CLASSES.get(name(type));
        return replacement == null ? null : ClassDesc.of(replacement);
    }

    private static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface()
                ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
                : descriptor;
    }

    private static String parameters(MethodTypeDesc type) {
        List<String> names =
                type.parameterList().stream().map(ClassDesc::displayName).toList();
        return "(" + String.join(",", names) + ")";
    }
}
