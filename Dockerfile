# syntax=docker/dockerfile:1

# Build: compile the sources 1:1 and keep the production dependencies.
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json rolldown.config.ts ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

# Run: the Node.js binary and the application, no shell, no package manager, no root.
FROM gcr.io/distroless/cc-debian12:nonroot
WORKDIR /app
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY LICENSE ./
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    SALLYPORT_CONFIG=/etc/sallyport/sallyport.yaml \
    SALLYPORT_GATEWAY_HOST=0.0.0.0
USER nonroot
EXPOSE 8080 8181 8282
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["/usr/local/bin/node", "/app/dist/cli/main.js", "health"]
# The permissions that docs/operations.md explains: no other file, program or thread.
ENTRYPOINT ["/usr/local/bin/node", \
    "--permission", \
    "--allow-net", \
    "--allow-child-process", \
    "--allow-fs-read=/app", \
    "--allow-fs-read=/etc/sallyport", \
    "--allow-fs-read=/proc/self", \
    "--allow-fs-read=/var/log/sallyport", \
    "--allow-fs-write=/var/log/sallyport", \
    "--disable-warning=ExperimentalWarning", \
    "--disable-warning=PERM0002", \
    "--disallow-code-generation-from-strings", \
    "--report-exclude-env", \
    "--max-semi-space-size=4", \
    "--heap-growing-percent=25", \
    "--v8-pool-size=1", \
    "/app/dist/cli/main.js"]
CMD ["serve"]
