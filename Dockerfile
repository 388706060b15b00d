# docker build -t postseek .
# docker run --rm -v postseek:/data -v "$PWD/public:/site:ro" postseek index /site
# docker run --read-only -v postseek:/data -p 127.0.0.1:8000:8000 postseek

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY scripts/install scripts/
COPY pyproject.toml requirements.lock requirements-build.lock ./
RUN scripts/install /opt/postseek dependencies
COPY README.md LICENSE ./
COPY search_service search_service
COPY indexer indexer
RUN scripts/install /opt/postseek production && mkdir /data

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Postseek" \
      org.opencontainers.image.description="Full-text search and tagging service for blogs" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/postseek/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    POSTSEEK_HOST=0.0.0.0 \
    POSTSEEK_PORT=8000 \
    POSTSEEK_INDEX=/data/index
# pip compiled the bytecode when it installed: all of this may be read-only, only /data is written.
COPY --from=build /opt/postseek /opt/postseek
COPY --from=build --chown=10001:10001 /data /data
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import http.client, os, sys; service = http.client.HTTPConnection('127.0.0.1', int(os.environ['POSTSEEK_PORT']), timeout=4); service.request('GET', '/healthz'); sys.exit(service.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["postseek"]
CMD ["serve"]
