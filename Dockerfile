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

FROM installer AS dependencies
# Without what nothing needs at run time: 119 MB become 72.
RUN npm ci --omit=dev --workspace apps/relay --include-workspace-root \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' \) -delete \
  && cd node_modules/better-sqlite3 \
  && rm -rf deps src build/deps build/Release/obj build/Release/obj.target build/Release/*.a

FROM base AS sandbox
COPY --from=build /app/tools/userleap-sandbox/dist tools/userleap-sandbox/dist
USER 10001:10001
CMD ["node", "tools/userleap-sandbox/dist/main.js"]

# The last one: what is built without `--target`.
FROM base AS relay
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATABASE_URL=sqlite:/data/relay.db
RUN install -d -o 10001 -g 10001 /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=dependencies /app/libs libs
COPY --from=build /app/libs/delivery/dist libs/delivery/dist
COPY --from=build /app/libs/mapping/dist libs/mapping/dist
COPY --from=build /app/libs/segment-events/dist libs/segment-events/dist
COPY --from=build /app/libs/userleap-api/dist libs/userleap-api/dist
COPY --from=build /app/libs/validation/dist libs/validation/dist
COPY --from=build /app/dist dist
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and needs no init: the relay handles SIGTERM and SIGINT itself, and starts no processes.
CMD ["node", "dist/apps/relay/main.js"]
