using System.Diagnostics;
using System.Globalization;
using Microblog.Outage;
using Microblog.TestServers;

if (Arguments(args) is not { } arguments)
{
    Console.Error.WriteLine("infra/outage --help says what may be asked for.");
    return 2;
}

Fault[] round = [.. Faults.All.Where(fault => fault.Name.Contains(arguments.Only, StringComparison.Ordinal))];
const string overload = "overload";
var isOverloaded = overload.Contains(arguments.Only, StringComparison.Ordinal);
if (round.Length == 0 && !isOverloaded)
{
    Console.Error.WriteLine($"No fault is called {arguments.Only}: {string.Join("; ", Faults.All)}; {overload}");
    return 2;
}

var journal = Path.Combine(Repository.Root, "artifacts", "outage", $"seed-{arguments.Seed}.jsonl");
Console.WriteLine($"Starting a system of its own, with {People.Count} people. Every answer goes to {journal}.");
Run started;
try
{
    started = await Run.Start(new(arguments.Seed, arguments.Rate, journal));
}
catch (ProgramFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

await using var run = started;

if (!run.HasSmallDisk && round.Any(Faults.FillsDisk))
{
    Console.WriteLine("A full disk is left out: nobody may mount one for Postgres here.");
    round = [.. round.Where(fault => !Faults.FillsDisk(fault))];
}

var random = new Random(arguments.Seed);
var watch = Stopwatch.StartNew();
var rows = new List<Row>();
while (round.Length > 0 && (rows.Count < round.Length || watch.Elapsed < arguments.Length))
{
    // Every kind once before any comes again, and at least once however short the time.
    random.Shuffle(round);
    foreach (var fault in round)
    {
        if (rows.Count >= round.Length && watch.Elapsed > arguments.Length)
            break;
        var length = TimeSpan.FromSeconds(3 + (4 * random.NextDouble()));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{watch.Elapsed:hh\\:mm\\:ss} {fault} for {length.TotalSeconds:0.0} s"));
        var row = await run.Suffer(fault, length);
        rows.Add(row);
        foreach (var complaint in row.Complaints().Take(10))
            Console.WriteLine($"    {complaint}");
    }
}

OverloadRow? overloaded = null;
if (isOverloaded)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:hh\\:mm\\:ss} {overload}"));
    overloaded = await run.Overload();
    foreach (var complaint in overloaded.Complaints().Take(10))
        Console.WriteLine($"    {complaint}");
}

var findings = await run.CheckAll();
foreach (var finding in findings.Take(100))
    Console.WriteLine($"    {finding}");
var healthy = rows.Count(row => row.Complaints().Count == 0);
int Total(Harm harm) => Finding.Count(findings, harm);
Console.WriteLine();
Console.WriteLine(Table.Head);
foreach (var row in rows)
    Console.WriteLine(Table.Of(row));
if (overloaded is not null)
    Console.WriteLine(overloaded);
Console.WriteLine();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{rows.Count} faults in {watch.Elapsed.TotalMinutes:0.0} min, {healthy} of them without complaint. "
    + $"{rows.Sum(row => row.Accepted)} writes accepted, {rows.Sum(row => row.Refused)} refused, "
    + $"lost {Total(Harm.Lost)}, duplicated {Total(Harm.Duplicated)}, ghosts {Total(Harm.Ghost)}"));
if (findings.Count == 0 && healthy == rows.Count && overloaded?.Complaints().Count is null or 0)
    return 0;

var logs = Path.ChangeExtension(journal, ".logs");
run.KeepLogs(logs);
Console.WriteLine($"What the services logged meanwhile is in {logs}");
return 1;

static (int Seed, TimeSpan Length, double Rate, string Only)? Arguments(string[] args)
{
    var (seed, length, rate, only) = (1, TimeSpan.FromMinutes(5), 20.0, "");
    foreach (var pair in args.Chunk(2))
    {
        if (pair is not [var name, var value])
            return null;
        var isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out var number);
        switch (name)
        {
            case "--seed" when isNumber:
                seed = (int)number;
                break;
            case "--minutes" when isNumber && number is >= 0 and < 100_000:
                length = TimeSpan.FromMinutes(number);
                break;
            case "--rate" when isNumber && number is > 0 and <= 1_000:
                rate = number;
                break;
            case "--only":
                only = value;
                break;
            default:
                return null;
        }
    }

    return (seed, length, rate, only);
}
