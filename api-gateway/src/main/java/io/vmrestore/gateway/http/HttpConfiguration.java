package io.vmrestore.gateway.http;

import io.vmrestore.support.trace.RequestIdFilter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Takes in what every service does alike with requests. */
@Configuration(proxyBeanMethods = false)
@Import(RequestIdFilter.class)
class HttpConfiguration {}
