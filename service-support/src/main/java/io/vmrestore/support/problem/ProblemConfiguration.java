package io.vmrestore.support.problem;

import io.vmrestore.support.trace.RequestIdFilter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Answers errors with problems, for a service that has an {@link ErrorTranslation}. */
@Configuration(proxyBeanMethods = false)
@Import({RequestIdFilter.class, ProblemWriter.class, ProblemHandler.class})
public class ProblemConfiguration {}
