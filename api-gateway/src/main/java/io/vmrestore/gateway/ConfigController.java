package io.vmrestore.gateway;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients how this installation is set up. */
@RestController
final class ConfigController {
    private final Config config;

    ConfigController(GatewaySettings settings) {
        this.config = new Config(
                settings.enabled(),
                settings.dryRun(),
                settings.cleanupVolumes(),
                !settings.serviceUserEmail().isBlank());
    }

    record Config(boolean enabled, boolean dryRun, boolean cleanupVolumes, boolean serviceUserConfigured) {}

    @GetMapping("/restore/config")
    Config config() {
        return config;
    }
}
