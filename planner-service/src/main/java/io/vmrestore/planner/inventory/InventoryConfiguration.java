package io.vmrestore.planner.inventory;

import io.vmrestore.common.codec.Json;
import io.vmrestore.common.time.TimeSource;
import io.vmrestore.openstack.OpenStack;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Wires the inventory into Spring. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    @Bean
    Inventory inventory(OpenStack cloud, InventorySettings settings, TimeSource time) {
        return new Inventory(cloud, settings, time);
    }

    /** Reads of the cloud wait for its answers, so none may hold a thread of the web server. */
    @Bean(destroyMethod = "dispose")
    Scheduler inventoryScheduler() {
        return Schedulers.fromExecutorService(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("inventory-", 0).factory()));
    }

    @Bean
    JsonMapper jsonMapper() {
        return Json.MAPPER;
    }
}
