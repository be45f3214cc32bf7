using System.Globalization;
using System.Text;
using Microblog.LoadTest.Reporting;

namespace Microblog.LoadTest.Planning;

/// <summary>A plan as text, with what it was made from.</summary>
public static class PlanText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private const double Giga = 1e9;

    public static string Of(CapacityPlan plan, CostModel costs)
    {
        var (demand, work) = (plan.Demand, plan.Demand.Work);
        var text = new StringBuilder();
        text.AppendLine(Culture, $"{demand.People:#,0} people, {demand.ActiveShare:0%} of them with a timeline");
        text.AppendLine(
            Culture,
            $"{demand.PostsPerDay:#,0} posts a day: {work.Posts:#,0}/s at {demand.Peak:0.#} times the mean");
        text.AppendLine(
            Culture,
            $"{work.Deliveries:#,0} deliveries/s, {work.Reads:#,0} reads/s, {work.Marks:#,0} marks/s");
        text.AppendLine();
        text.AppendLine(
            Culture,
            $"At the busiest time, cores busy to {demand.Utilisation:0%} at most (in brackets: 9 of 10 fits):");
        text.AppendLine(
            Culture,
            $"{"",-14}{"cores",8}{"",18}replicas of {demand.CoresPerReplica:0.#} cores   explained");
        foreach (var part in plan.Services)
            Row(text, part);
        Row(text, plan.Broker);
        Row(text, plan.Postgres);
        text.AppendLine();
        text.Append(Culture, $"Redis: {plan.RedisShards} shards; commands need {plan.RedisCommands.Replicas} ");
        text.Append(
            Culture,
            $"({plan.RedisCommands.Cores:0.00} cores, each shard has one), data {plan.RedisMemoryShards} ");
        text.AppendLine(
            Culture,
            $"({plan.RedisBytes / Giga:#,0} GB with headroom, {demand.ShardMemory / Giga:0.#} GB each):");
        foreach (var (kind, bytes) in plan.RedisData)
            text.AppendLine(Culture, $"  {kind,-24}{bytes / Giga,10:#,0.0} GB");
        text.Append(Culture, $"Postgres: {plan.PostgresBytesOfPeople / Giga:#,0} GB of people and follows, ");
        text.AppendLine(Culture, $"and {plan.PostgresBytesPerYear / Giga:#,0} GB of posts a year");
        text.AppendLine(
            Culture,
            $"Broker: {plan.BrokerBacklogBytes / Giga:#,0.0} GB of disk for an hour without Postgres");
        var (first, share) = plan.First;
        text.AppendLine(Culture, $"First to run out: {first}, at {share:0%} of what it may use");
        text.AppendLine();
        Costs(text, costs);
        return text.ToString();
    }

    /// <summary>How well the same model knows the machine that was measured.</summary>
    public static string OfMachine(CostModel costs, LoadReport searched)
    {
        var (text, limit) = (new StringBuilder(), searched.Limit!);
        var (rate, first) = PlanCommand.LimitOf(searched, costs);
        text.AppendLine(
            Culture,
            $"This machine: {searched.Machine.Cores} cores with everything on them, the harness included; "
            + $"other programs left {PlanCommand.CoresLeft(searched):0.00} of them. With {first} at 90%:");
        text.AppendLine(
            Culture,
            $"{rate:#,0} operations/s predicted from what was measured below the limit, "
            + $"{limit.Rate:#,0} found with --find-limit: {(rate / limit.Rate) - 1:+0%;-0%}");
        if (ScalabilityLaw.Fit([.. limit.Steps.Select(step => (step.Concurrency, step.Done))]) is { } law)
            text.AppendLine(
                Culture,
                $"Scalability law: λ {law.Lambda:#,0}/s, σ {law.Sigma:0.0000}, κ {law.Kappa:0.000000}; "
                + $"at most {law.Peak:#,0}/s, whatever becomes of latency");
        return text.ToString();
    }

    /// <summary>From which runs a plan is made, and where those were measured.</summary>
    public static string Origin(string folder, IReadOnlyCollection<LoadReport> reports)
    {
        var newest = reports.MaxBy(report => report.StartedAt)
            ?? throw new CommandLineException($"There are no reports in {folder}.");
        return string.Create(
            Culture,
            $"From {reports.Count} runs of {newest.StartedAt:yyyy-MM-dd}, {newest.Machine.Cores} cores of "
            + $"{newest.Machine.Processor} ({folder})");
    }

    private static void Row(StringBuilder text, PartPlan part)
    {
        var cores = string.Create(Culture, $"{part.Cores,8:0.00}  ({part.CoresLow:0.00} … {part.CoresHigh:0.00})");
        var replicas = string.Create(Culture, $"{part.Replicas,6}  ({part.ReplicasLow} … {part.ReplicasHigh})");
        text.AppendLine(Culture, $"{part.Name,-14}{cores,-26}{replicas,-22}{part.Explained,6:0%}");
    }

    private static void Costs(StringBuilder text, CostModel costs)
    {
        text.AppendLine(Culture, $"Fitted to {costs.WindowCount} windows of 5 s, µs of CPU:");
        text.AppendLine(Culture, $"{"",-14}{"post",9}{"delivery",10}{"read",9}{"mark",9}{"idle cores",12}");
        foreach (var (name, cost) in costs.Parts)
            text.AppendLine(
                Culture,
                $"{name,-14}{cost.Post * 1e6,9:#,0}{cost.Delivery * 1e6,10:0.00}{cost.Read * 1e6,9:#,0}"
                + $"{cost.Mark * 1e6,9:#,0}{cost.Idle,12:0.00}");
    }
}
