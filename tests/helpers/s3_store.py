"""moto's server in a process of its own, as a stand-in for S3.

Not in a thread: pyarrow holds Python's lock in some of its requests, which a thread would wait for.
"""

from __future__ import annotations

import multiprocessing
from fnmatch import fnmatchcase

BUCKET = "bucket"


class Store:
    """An S3 with one bucket.

    `requests` are those that came in, such as "PUT /bucket/a.png"; `refused` are patterns of such,
    each for one request.
    """

    def __init__(self):
        import boto3

        spawn = multiprocessing.get_context("spawn")
        self._manager = spawn.Manager()
        self.requests, self.refused = self._manager.list(), self._manager.list()
        mine, its = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(its, self.requests, self.refused))
        self._process.start()
        its.close()  # so that the next line ends where the process does
        self.url = f"http://127.0.0.1:{mine.recv()}"
        self._client = boto3.client("s3", endpoint_url=self.url)  # another reader than ours

    def empty(self):
        """An empty bucket, and nothing that came in or is refused."""
        del self.refused[:]
        self._client.create_bucket(Bucket=BUCKET)
        for key in self.objects():
            self._client.delete_object(Bucket=BUCKET, Key=key)
        del self.requests[:]

    def put(self, key, data):
        self._client.put_object(Bucket=BUCKET, Key=key, Body=data)

    def objects(self):
        """The bytes of all objects by key."""
        keys = [
            one["Key"] for one in self._client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        ]
        return {key: self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}

    def stop(self):
        self._process.terminate()
        self._process.join()
        self._manager.shutdown()


def _serve(pipe, requests, refused):
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    moto = DomainDispatcherApplication(create_backend_app)

    def answer(environ, start_response):
        query = environ["QUERY_STRING"]
        request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{'?' if query else ''}{query}"
        requests.append(request)
        for pattern in refused:
            if fnmatchcase(request, pattern):
                refused.remove(pattern)
                start_response("403 Forbidden", [("Content-Type", "application/xml")])
                return [b"<Error><Code>AccessDenied</Code><Message>not today</Message></Error>"]
        return moto(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    pipe.send(server.server_port)
    server.serve_forever()
