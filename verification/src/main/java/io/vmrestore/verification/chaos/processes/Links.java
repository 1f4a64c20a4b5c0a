package io.vmrestore.verification.chaos.processes;

import io.vmrestore.verification.chaos.proxy.Link;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every way between processes that the nemesis may touch: one for each process and each thing that it talks to. */
public final class Links implements AutoCloseable {

    /** From a process to all processes of a role, or to the one of the same number. */
    private record Way(Member from, Role to) {}

    private final Map<Way, Link> links = new LinkedHashMap<>();

    void open(Member from, Role to, int port, int target) {
        links.put(new Way(from, to), Link.open(from.name() + "--" + to.label(), port, target));
    }

    /** The link from a process. */
    Link of(Member from, Role to) {
        Link link = links.get(new Way(from, to));
        if (link == null) {
            throw new IllegalArgumentException(from + " has no link to " + to);
        }
        return link;
    }

    /** The address that a process uses instead of the real one. */
    String address(Member from, Role to) {
        return "127.0.0.1:" + of(from, to).port();
    }

    /** The link with this name, such as {@code executor-2--broker}. */
    public Link named(String name) {
        return links.values().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no link " + name));
    }

    /** The names of all links, which are the same in every run. */
    public static List<String> names() {
        return Member.services().stream()
                .flatMap(member -> reached(member.role()).stream().map(role -> member.name() + "--" + role.label()))
                .toList();
    }

    /** What processes of a role talk to. */
    static List<Role> reached(Role role) {
        return switch (role) {
            case PLANNER, EXECUTOR -> List.of(Role.BROKER, Role.SIMULATOR);
            case STATUS -> List.of(Role.BROKER, Role.DATABASE);
            case GATEWAY -> List.of(Role.BROKER, Role.SIMULATOR, Role.STATUS, Role.PLANNER);
            case BROKER, DATABASE, SIMULATOR -> List.of();
        };
    }

    /** Heals every link. */
    public void heal() {
        links.values().forEach(Link::heal);
    }

    @Override
    public void close() {
        links.values().forEach(Link::close);
    }
}
