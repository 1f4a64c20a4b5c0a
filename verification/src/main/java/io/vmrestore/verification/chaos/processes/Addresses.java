package io.vmrestore.verification.chaos.processes;

import io.vmrestore.verification.processes.BrokerPart;
import io.vmrestore.verification.processes.Member;
import io.vmrestore.verification.processes.Ports;
import io.vmrestore.verification.processes.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The ports of one run: fixed from its beginning, so that a restarted process is found where it was. */
final class Addresses {
    private final Ports ports = new Ports();
    private final int broker = ports.next();
    private final int controller = ports.next();
    private final int database = ports.next();
    private final int simulator = ports.next();
    private final Map<Member, Integer> http = new LinkedHashMap<>();
    private final Map<Member, Integer> management = new LinkedHashMap<>();
    private final Map<Member, BrokerPart.Listener> listeners = new LinkedHashMap<>();

    Addresses() {
        for (Member service : Member.services()) {
            http.put(service, ports.next());
            management.put(service, ports.next());
            listeners.put(service, new BrokerPart.Listener(service.listener(), ports.next(), ports.next()));
        }
    }

    int broker() {
        return broker;
    }

    int controller() {
        return controller;
    }

    int database() {
        return database;
    }

    int simulator() {
        return simulator;
    }

    int httpPort(Member service) {
        return Objects.requireNonNull(http.get(service));
    }

    int managementPort(Member service) {
        return Objects.requireNonNull(management.get(service));
    }

    String http(Member service) {
        return "http://127.0.0.1:" + httpPort(service);
    }

    Map<Member, BrokerPart.Listener> listeners() {
        return listeners;
    }

    /** Opens a link for each process and each thing that it talks to. */
    void openLinks(Links links) {
        for (Member service : Member.services()) {
            for (Role to : Links.reached(service.role())) {
                if (to == Role.BROKER) {
                    BrokerPart.Listener listener = Objects.requireNonNull(listeners.get(service));
                    links.open(service, to, listener.advertised(), listener.port());
                } else {
                    links.open(service, to, 0, port(service, to));
                }
            }
        }
    }

    private int port(Member from, Role to) {
        return switch (to) {
            case BROKER -> broker;
            case DATABASE -> database;
            case SIMULATOR -> simulator;
            // As many gateways as these: each has its own.
            case STATUS, PLANNER, EXECUTOR, GATEWAY -> httpPort(new Member(to, from.number()));
        };
    }
}
