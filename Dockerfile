# The relay as an image, and with `--target sandbox` the UserLeap sandbox as another. How to run them: docs/deploy.md

# One base for all: better-sqlite3 is compiled for its Node and its libc.
FROM node:22.22.2-bookworm-slim AS base
WORKDIR /app

# What decides about node_modules. While none of it changes, what is installed below comes from the build's cache.
FROM base AS manifests
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
  && find . -type d -empty -delete

# better-sqlite3 is compiled where its ready-made file cannot be fetched.
FROM base AS installer
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=manifests /app .

FROM installer AS build
ENV NX_DAEMON=false NX_TUI=false
RUN npm ci
COPY . .
RUN npx nx run-many -t build bundle -p relay,segment-function,userleap-sandbox --outputStyle=static

FROM base AS sandbox
COPY --from=build /app/tools/userleap-sandbox/dist tools/userleap-sandbox/dist
USER 10001:10001
CMD ["node", "tools/userleap-sandbox/dist/main.js"]

# The last one: what is built without `--target`.
FROM base AS relay
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATABASE_URL=sqlite:/data/relay.db
RUN install -d -o 10001 -g 10001 /data
# Of the packages, all but the one with native code is in the built relay. The rest is what that one loads.
COPY --from=build /app/node_modules/better-sqlite3/LICENSE node_modules/better-sqlite3/
COPY --from=build /app/node_modules/better-sqlite3/package.json node_modules/better-sqlite3/
COPY --from=build /app/node_modules/better-sqlite3/lib node_modules/better-sqlite3/lib
COPY --from=build /app/node_modules/better-sqlite3/build/Release/better_sqlite3.node node_modules/better-sqlite3/build/Release/
COPY --from=build /app/node_modules/bindings node_modules/bindings
COPY --from=build /app/node_modules/file-uri-to-path node_modules/file-uri-to-path
COPY --from=build /app/dist dist
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and needs no init: the relay handles SIGTERM and SIGINT itself, and starts no processes.
CMD ["node", "dist/apps/relay/main.js"]
