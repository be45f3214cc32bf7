using Microblog.Keyspaces;

namespace Microblog.FanOut.Storage;

/// <summary>
/// What must happen to one list without anybody in between, besides <see cref="TimelineInsert"/>. Ids are compared as
/// text, by length and then by digits: Lua's numbers are doubles and cannot tell neighbouring ids apart.
/// </summary>
internal static class TimelineScripts
{
    /// <summary>
    /// Cuts a list to its newest entries. A head that says the list is complete goes with the old ones; one that says
    /// it is being rebuilt stays. KEYS[1] the list; ARGV[1] minus the entries to keep, ARGV[2] the mark that stays.
    /// </summary>
    public const string Trim =
        """
        local head = redis.call('LINDEX', KEYS[1], 0)
        redis.call('LTRIM', KEYS[1], ARGV[1], -1)
        if head == ARGV[2] then redis.call('LPUSH', KEYS[1], head) end
        return redis.call('LLEN', KEYS[1])
        """;

    /// <summary>
    /// Merges an author's ids into a home timeline. KEYS[1] the timeline; ARGV[1] entries kept, ARGV[2] the mark of a
    /// complete list, ARGV[3] that of an unfinished one, ARGV[4] 1 when the author's list is complete, ARGV[5…] its
    /// ids, ascending.
    /// </summary>
    /// <remarks>
    /// A timeline promises to hold every id from its oldest one on, or, with the mark at its head, every id there is.
    /// So what is older than the oldest of a list that is not complete is left to Postgres, and only two complete
    /// lists make a complete one. An unfinished timeline takes everything: who rebuilds it adds what is older. The
    /// expiry is kept.
    /// </remarks>
    public const string Merge =
        """
        local home = redis.call('LRANGE', KEYS[1], 0, -1)
        if #home == 0 then return 0 end
        local function older(a, b) return #a < #b or (#a == #b and a < b) end
        local max, complete, unfinished = tonumber(ARGV[1]), ARGV[2], ARGV[3]

        local mark, first = nil, 1
        if home[1] == complete or home[1] == unfinished then mark, first = home[1], 2 end
        local floor = ''
        if not mark then floor = home[1] end
        if mark ~= unfinished and ARGV[4] ~= '1' and older(floor, ARGV[5]) then floor = ARGV[5] end
        local was = mark
        if mark == complete and ARGV[4] ~= '1' then mark = nil end

        local known = {}
        for i = first, #home do known[home[i]] = true end
        local merged, fresh = {}, 0
        local i, k = first, 5
        while i <= #home or k <= #ARGV do
          local id
          if k > #ARGV or (i <= #home and not older(ARGV[k], home[i])) then
            id, i = home[i], i + 1
          else
            id, k = ARGV[k], k + 1
            if known[id] then id = nil elseif not older(id, floor) then fresh = fresh + 1 end
          end
          if id and not older(id, floor) then merged[#merged + 1] = id end
        end
        if fresh == 0 and mark == was then return 0 end

        local from = 1
        if #merged > max then
          from = #merged - max + 1
          if mark == complete then mark = nil end
        end
        local lifetime = redis.call('PTTL', KEYS[1])
        redis.call('DEL', KEYS[1])
        if mark then redis.call('RPUSH', KEYS[1], mark) end
        redis.call('RPUSH', KEYS[1], unpack(merged, from))
        if lifetime > 0 then redis.call('PEXPIRE', KEYS[1], lifetime) end
        return fresh
        """;

    /// <summary>
    /// Takes ids out of a list; marks and expiry are kept, and a list without a mark that becomes empty is gone, so
    /// that the next read rebuilds it. KEYS[1] the list; ARGV ids. Answers how many entries it took out.
    /// </summary>
    public const string Remove =
        """
        local unwanted = {}
        for _, id in ipairs(ARGV) do unwanted[id] = true end
        local list, kept = redis.call('LRANGE', KEYS[1], 0, -1), {}
        for _, id in ipairs(list) do
          if not unwanted[id] then kept[#kept + 1] = id end
        end
        if #kept == #list then return 0 end
        local lifetime = redis.call('PTTL', KEYS[1])
        redis.call('DEL', KEYS[1])
        if #kept > 0 then
          redis.call('RPUSH', KEYS[1], unpack(kept))
          if lifetime > 0 then redis.call('PEXPIRE', KEYS[1], lifetime) end
        end
        return #list - #kept
        """;
}
