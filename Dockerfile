# Amble for a server. Build: docker build -t amble .   Run: see compose.yaml

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/amble
WORKDIR /src
# The dependencies first: they change seldom, the code often.
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN mkdir bot cogs && touch bot/__init__.py cogs/__init__.py \
    && /opt/amble/bin/pip install -c constraints.txt '.[postgres]' \
    && /opt/amble/bin/pip uninstall --yes amble \
    && rm -r build *.egg-info bot cogs
COPY bot bot
COPY cogs cogs
RUN /opt/amble/bin/pip install --no-deps .

FROM python:3.12-slim
# Fonts for names in every script; boards fall back to text where none fits.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/amble amble
COPY --from=build /opt/amble /opt/amble
ENV PATH=/opt/amble/bin:$PATH PYTHONUNBUFFERED=1
USER amble
WORKDIR /var/lib/amble
VOLUME /var/lib/amble
# Configuration, database, token's form, and the running bot's own heartbeat.
HEALTHCHECK --interval=2m --timeout=20s --start-period=1m --retries=3 \
    CMD ["amble", "check", "--quiet", "--alive"]
STOPSIGNAL SIGTERM
CMD ["amble", "run"]
