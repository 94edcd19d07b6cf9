# quotecheck on the CPU, without root; nothing is fetched when it runs.
#   docker build -t quotecheck .
#   docker run --rm --network none -v "$PWD:/work" quotecheck check article.txt --db library.db
FROM python:3.12-slim

RUN pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu torch

COPY pyproject.toml README.md LICENSE NOTICE /src/
COPY quotecheck /src/quotecheck
COPY corpora/sample /src/corpora/sample
RUN pip install --no-cache-dir "/src[web,office,mcp]" && rm -rf /src \
    && useradd --create-home --uid 1000 quotecheck && mkdir /work && chown quotecheck /work

USER quotecheck
WORKDIR /work
ENV OMP_NUM_THREADS=1
ENTRYPOINT ["quotecheck"]
CMD ["--help"]
