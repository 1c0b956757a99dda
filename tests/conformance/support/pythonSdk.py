"""Makes the calls that its input asks for with the vendor's Python SDK, one a line, and prints a line for each outcome."""

import json
import sys

from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.redis.v20180412 import models
from tencentcloud.redis.v20180412.redis_client import RedisClient


def answer_to(request):
    key = request["credential"]
    credential = Credential(key["secretId"], key["secretKey"], key.get("token"))
    http = HttpProfile(protocol="http", endpoint=request["endpoint"], reqMethod=request["method"], reqTimeout=10)
    profile = ClientProfile(signMethod=request["signMethod"], httpProfile=http, language=request["language"])
    profile.unsignedPayload = request.get("unsignedPayload", False)
    action, parameters, region = request["action"], request["parameters"], request["region"]
    if request["service"] == "sts":
        # Its own package would be one more to install: this client is for every service.
        client = CommonClient("sts", "2018-08-13", credential, region, profile)
        return client.call_json(action, parameters)["Response"]
    model = getattr(models, action + "Request")()
    model.from_json_string(json.dumps(parameters))
    response = getattr(RedisClient(credential, region, profile), action)(model)
    return json.loads(response.to_json_string())


def outcome_of(request):
    try:
        return {"answer": answer_to(request)}
    except Exception as error:
        attributes = ((name, getattr(error, name, None)) for name in ("code", "requestId", "message"))
        return {"error": {"type": type(error).__name__, **dict(attributes)}}


for line in sys.stdin:
    print(json.dumps(outcome_of(json.loads(line))), flush=True)
