using Microblog.FollowGraph.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.FollowGraph.Tests.Storage;

[Collection(nameof(RunningFollowGraph))]
public class FollowGraphDbContextTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Every_entity_can_be_read_from_the_migrated_schema()
    {
        await using var scope = followGraph.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FollowGraphDbContext>();

        foreach (var table in (IQueryable<object>[])
            [db.People, db.FollowRequests, db.Blocks, db.Mutes, db.Notes, db.Outbox])
            await table.Take(1).ToListAsync();

        Assert.Equal(6, db.Model.GetEntityTypes().Count());
    }
}
