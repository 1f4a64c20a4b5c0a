package io.vmrestore.gateway.wizard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The wizard's files in memory, with a version that follows from their content. They import each other by relative
 * paths, so a version in the path of the first one is in the path of all.
 *
 * @param version changes with every change of any file
 * @param index the page that every path of the wizard is answered with
 */
record PageFiles(String version, byte[] index, SortedMap<String, byte[]> contents) {
    private static final String INDEX = "index.html";
    private static final String LIBRARY = "classpath*:/META-INF/resources/webjars/preact/*/dist/preact.module.js";
    private static final String MODULE = "<link rel=\"modulepreload\" href=\"/ui/assets/%s/%s\">";

    /** @param location of the folder, such as {@code classpath:/pages/} */
    static PageFiles in(String location) {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try {
            PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
            String root = resolver.getResource(location + INDEX).getURL().toString();
            String folder = root.substring(0, root.length() - INDEX.length());
            for (Resource file : resolver.getResources(location + "**/*.*")) {
                contents.put(file.getURL().toString().substring(folder.length()), file.getContentAsByteArray());
            }
            for (Resource library : resolver.getResources(LIBRARY)) {
                contents.put("lib/preact.js", library.getContentAsByteArray());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the wizard's files in " + location, unreadable);
        }
        byte[] template = contents.remove(INDEX);
        if (template == null || !contents.containsKey("lib/preact.js")) {
            throw new IllegalStateException("The wizard's files in " + location + " are not complete");
        }
        String version = version(template, contents);
        return new PageFiles(version, index(template, version, contents), contents);
    }

    byte @Nullable [] content(String path) {
        return contents.get(path);
    }

    /** Names every module, so that a browser asks for all of them at once instead of one behind the other. */
    private static byte[] index(byte[] template, String version, SortedMap<String, byte[]> contents) {
        String modules = contents.keySet().stream()
                .filter(path -> path.endsWith(".js") && !path.equals("theme.js"))
                .map(path -> MODULE.formatted(version, path))
                .collect(Collectors.joining("\n"));
        return new String(template, StandardCharsets.UTF_8)
                .replace("<!-- modules -->", modules)
                .replace("@version@", version)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String version(byte[] template, SortedMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(template);
            contents.forEach((path, content) -> {
                digest.update(path.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
