# Targets: `application`, what production runs, and `simulator`, a stand-in for Suomi.fi that no
# production image holds.
FROM node:24-slim AS styles
WORKDIR /styles
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund

FROM python:3.13-slim AS packages
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM packages AS built
WORKDIR /srv/kelmu
ENV PATH=/opt/venv/bin:$PATH
COPY . .
COPY --from=styles /styles/node_modules node_modules
RUN python deploy/compile_translations.py locale/*/LC_MESSAGES/*.po \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules suomifi_simulator demo

FROM python:3.13-slim AS base
RUN groupadd --gid 10001 kelmu && useradd --system --uid 10001 --gid 10001 --no-create-home kelmu
WORKDIR /srv/kelmu
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=packages /opt/venv /opt/venv
USER kelmu

FROM base AS simulator
COPY suomifi_simulator suomifi_simulator
COPY demo/cast.toml demo/cast.toml
EXPOSE 8001
CMD ["python", "-m", "suomifi_simulator"]

FROM base AS application
COPY --from=built /srv/kelmu .
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=20s CMD ["python", "deploy/healthy.py"]
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--workers=2", \
     "--blocking-threads=16", "--no-access-log", "--log-level=error", "kelmu.wsgi:application"]
