"""Runs a program with the engine's addresses, as Pulumi's Python language host does."""

import asyncio
import json
import os
import runpy
import sys

import pulumi
from pulumi.runtime import run_in_stack, set_all_config

sys.path.insert(0, os.getcwd())
environment = os.environ
pulumi.runtime.configure(
    pulumi.runtime.Settings(
        project=environment["PULUMI_PROJECT"],
        stack=environment["PULUMI_STACK"],
        organization=environment["PULUMI_ORGANIZATION"],
        parallel=int(environment["PULUMI_PARALLEL"]),
        dry_run=environment["PULUMI_DRY_RUN"] == "true",
        monitor=environment["PULUMI_MONITOR"],
        engine=environment["PULUMI_ENGINE"],
    )
)
set_all_config(json.loads(environment["PULUMI_CONFIG"]))
asyncio.new_event_loop().run_until_complete(
    run_in_stack(lambda: runpy.run_path(sys.argv[1], run_name="__main__"))
)
