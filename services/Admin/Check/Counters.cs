using Microblog.Admin.Storage;

namespace Microblog.Admin.Check;

/// <summary>Counters that Postgres keeps beside the rows they count.</summary>
internal abstract class Counters(Database database) : IComparison
{
    private const int PageSize = 1_000;

    public abstract string Title { get; }

    /// <summary>A page of ids after <c>$1</c>, at most <c>$2</c>.</summary>
    protected abstract string SubjectsSql { get; }

    /// <summary>Of the ids in <c>$1</c> those whose counters are wrong: id, what is kept, what was counted.</summary>
    protected abstract string CompareSql { get; }

    /// <summary>
    /// One transaction over the ids in <c>$1</c>, which locks the counters before it counts. The last statement changes
    /// only what is wrong.
    /// </summary>
    protected abstract IReadOnlyList<string> RepairSql { get; }

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        database.Ids(SubjectsSql, PageSize, cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken) => await database.Read(
            CompareSql,
            row => Differs(row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken,
            Ids.Of(subjects));

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        var changed = await Recount([Ids.Of(subject)], cancellationToken);
        return $"{Title}: those of {subject} were counted anew{(changed > 0 ? "" : ", and are right by now")}.";
    }

    /// <summary>Returns how many were wrong.</summary>
    public async Task<int> Recount(long[] ids, CancellationToken cancellationToken)
    {
        var changed = await database.Change(RepairSql, ids, cancellationToken);
        if (changed > 0)
            await DropCopies(ids);
        return changed;
    }

    /// <summary>Counters of people, unless said otherwise.</summary>
    protected virtual Difference Differs(long id, string kept, string counted) =>
        new(Ids.Text(id), $"Postgres counts {kept}; there are {counted}", id);

    /// <summary>Makes readers look at Postgres again.</summary>
    protected abstract Task DropCopies(long[] ids);
}
