"""What Dagster takes before it does anything: loads it, and runs a job of as many empty assets as a refresh has."""

import json
import time


def main() -> None:
    """Prints seconds as JSON."""
    started = time.perf_counter()
    import dagster as dg  # noqa: PLC0415 - loading it is what is measured

    names = ("documents", "claims", "evaluation", "warehouse", "report")

    def empty(name: str) -> dg.AssetsDefinition:
        @dg.asset(name=name)
        def nothing() -> None: ...

        return nothing

    job = dg.Definitions(
        assets=[empty(name) for name in names],
        jobs=[dg.define_asset_job("all")],
        executor=dg.in_process_executor,
    ).resolve_job_def("all")
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
        job.execute_in_process(instance=instance, run_config=quiet)
    print(json.dumps({"seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
