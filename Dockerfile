# One image for every service: docker build --build-arg SERVICE=api-gateway .
# The jars are built before, by ./mvnw -DskipTests package.
FROM eclipse-temurin:25-jre AS layers
ARG SERVICE
WORKDIR /layers
COPY ${SERVICE}/target/${SERVICE}-*-exec.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
ARG SERVICE
LABEL org.opencontainers.image.title="vm-restore ${SERVICE}"
RUN mkdir /data && chown 10001:10001 /data
WORKDIR /application
# Libraries change least often and come first.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow"
ENTRYPOINT ["java", "-jar", "application.jar"]
